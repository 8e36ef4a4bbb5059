"""Documents and problems to text. Renderers return strings; `cli` decides where they go."""
