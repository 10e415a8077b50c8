import {usualCause} from '../../build/usual-cause.js';
import type {RunView} from '../state.js';

/** Why the build of a run usually fails like this, in one sentence; null when it did not, or when nothing tells. */
export const selectCause = ({build}: RunView): string | null => build && usualCause(build);
