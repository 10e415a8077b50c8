import {app} from './app.js';
import {doctor} from './doctor.js';
import {engine} from './engine.js';
import {ownership} from './ownership.js';
import {pack} from './pack.js';
import {runner} from './runner.js';
import {storage} from './storage.js';
import {text} from './text.js';

export const english = {app, doctor, engine, ownership, pack, runner, storage, text};
