// RDF files come in, a line for each with its RDFC-1.0 hash goes out: read by N3.js, jsonld.js or rdfxml-streaming-parser,
// made canonical by rdf-canonize.
import {createHash} from 'node:crypto';
import {createReadStream, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const load = createRequire(process.env.PROGRAMS + '/');
const {canonize} = load('rdf-canonize');

async function quads(file) {
  if (file.endsWith('.jsonld')) {
    const offline = url => { throw new Error(`would fetch ${url}`); };
    return load('jsonld').toRDF(JSON.parse(readFileSync(file, 'utf8')), {documentLoader: offline});
  }
  if (file.endsWith('.rdf')) {
    const {RdfXmlParser} = load('rdfxml-streaming-parser');
    const found = [];
    for await (const quad of createReadStream(file, 'utf8').pipe(new RdfXmlParser({baseIRI: 'http://example.org/'}))) {
      found.push(quad);
    }
    return found;
  }
  const format = {ttl: 'text/turtle', nt: 'application/n-triples', nq: 'application/n-quads', trig: 'application/trig'};
  return new (load('n3').Parser)({format: format[file.split('.').pop()]}).parse(readFileSync(file, 'utf8'));
}

// rdf-canonize takes a blank node that is already called c14n… for one that it has named, and ours are.
const renamed = term => term.termType !== 'BlankNode' ? term : {
  termType: 'BlankNode', value: `_:own-${term.value.replace(/^_:/, '')}`
};
const fresh = ({subject, predicate, object, graph}) => ({
  subject: renamed(subject), predicate, object: renamed(object), graph: renamed(graph)
});

for (const file of process.argv.slice(2)) {
  const canonical = await canonize((await quads(file)).map(fresh), {algorithm: 'RDFC-1.0', format: 'application/n-quads'});
  console.log(createHash('sha256').update(canonical).digest('hex'));
}
