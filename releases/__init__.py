"""How a release is made: what is built, what is in it, under which licences. Not part of the product."""
