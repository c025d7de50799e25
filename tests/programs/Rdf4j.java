// RDF files come in, their statements go out as N-Quads, read and written by Eclipse RDF4J: one output for each pair.
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.rdf4j.rio.RDFFormat;
import org.eclipse.rdf4j.rio.RDFParser;
import org.eclipse.rdf4j.rio.Rio;
import org.eclipse.rdf4j.rio.helpers.BasicParserSettings;

public class Rdf4j {
    public static void main(String[] words) throws Exception {
        for (int i = 0; i + 1 < words.length; i += 2) {
            RDFFormat format = Rio.getParserFormatForFileName(words[i]).orElseThrow();
            RDFParser parser = Rio.createParser(format);
            parser.set(BasicParserSettings.VERIFY_DATATYPE_VALUES, true);
            try (InputStream in = Files.newInputStream(Path.of(words[i]));
                 OutputStream out = Files.newOutputStream(Path.of(words[i + 1]))) {
                parser.setRDFHandler(Rio.createWriter(RDFFormat.NQUADS, out));
                parser.parse(in, "http://example.org/");
            }
        }
    }
}
