import {checks} from './checks.js';
import {text} from './text.js';

export const messages = {checks, text};
