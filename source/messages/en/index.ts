import {text} from './text.js';

export const messages = {text};
