"""What may stand where in the data, read from the records: for messages, schemas, repairs."""
