import {checks} from './checks.js';
import {stages} from './stages.js';
import {text} from './text.js';

export const messages = {checks, stages, text};
