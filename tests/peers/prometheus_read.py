"""Reads exposition text from standard input, and prints one sample per line."""

import sys

from prometheus_client.parser import text_string_to_metric_families

for family in text_string_to_metric_families(sys.stdin.read()):
    assert family.type == "gauge" and family.documentation, family
    for sample in family.samples:
        print(sample.name, sample.labels.get("source", "-"), sample.value)
