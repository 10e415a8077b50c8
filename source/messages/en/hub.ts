import {handOut} from './hub/hand-out.js';

export const hub = {handOut};
