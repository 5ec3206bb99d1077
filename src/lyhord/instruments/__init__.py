"""Instruments as data: what is asked or graded, how it is routed, counted, judged and protected."""
