import {doctor} from './doctor.js';
import {pack} from './pack.js';
import {storage} from './storage.js';
import {text} from './text.js';

export const english = {doctor, pack, storage, text};
