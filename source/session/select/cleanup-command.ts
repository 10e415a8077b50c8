import {asStarted} from '../../text/how-started.js';
import type {SessionState} from '../state.js';

/** What removes what this workshop made, from outside of the program. */
export const cleanupCommand = ({workshop: {id}}: Pick<SessionState, 'workshop'>): string =>
	asStarted(`\`multistage-workshop cleanup --workshop ${id}\``).slice(1, -1);
