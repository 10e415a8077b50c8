import {doctor} from './doctor.js';
import {engine} from './engine.js';
import {pack} from './pack.js';
import {storage} from './storage.js';
import {text} from './text.js';

export const english = {doctor, engine, pack, storage, text};
