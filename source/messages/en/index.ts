import {checks} from './checks.js';
import {commands} from './commands.js';
import {docker} from './docker.js';
import {session} from './session.js';
import {simulate} from './simulate.js';
import {stages} from './stages.js';
import {text} from './text.js';
import {workshop} from './workshop.js';

export const messages = {checks, commands, docker, session, simulate, stages, text, workshop};
