"""From YAML files to a catalogue: the only reader of YAML."""
