"""A file or a stream comes in; its lines go out, with what is known of them."""
