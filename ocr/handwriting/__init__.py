"""Reading handwriting: line images, the alphabet, CTC decoding, knowledge."""
