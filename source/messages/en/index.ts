import {doctor} from './doctor.js';
import {text} from './text.js';

export const english = {doctor, text};
