import process from 'node:process';

// Read once, when Ink's colours are loaded: this has to be imported before them.
process.env.FORCE_COLOR = '1';
