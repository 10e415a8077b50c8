import {text} from './text.js';

export const english = {text};
