import {failed, type Judgement, passed} from './judgement.js';
import type {Cli, Reading} from './reading.js';

/** Is there a docker command? */
export const judgeCli = ({value, trouble}: Reading<Cli>): Judgement =>
	value ? passed(`The docker CLI is ${value.version}.`) : failed(trouble.reason, trouble.next);
