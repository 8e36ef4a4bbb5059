"""Plans that others wrote: the tables of a document, what each is taken for, and what is new."""
