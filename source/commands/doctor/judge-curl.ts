import {failed, type Judgement, passed, unknown} from './judgement.js';
import type {Curl} from './read-curl.js';

/** `isNeeded`: whether a command of the workshop calls it. */
export const judgeCurl = (isNeeded: boolean, {version, isSlow}: Curl): Judgement => {
	if (version !== null) return passed(`curl is ${version}.`);
	if (isSlow) return unknown('curl is there, but this machine is too busy for it to tell its version.');
	if (!isNeeded) return passed('curl is not on this machine, and the workshop does not call it.');
	return failed(
		'curl is not on this machine’s `PATH`: the steps that call it can’t be run.',
		'install curl with your package manager, or open the address in a browser instead',
	);
};
