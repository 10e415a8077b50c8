import {keys} from './keys.js';
import {plain} from './plain.js';
import {report} from './report.js';
import {text} from './text.js';
import {tui} from './tui.js';
import {view} from './view.js';

export const english = {text, view, keys, tui, plain, report};
