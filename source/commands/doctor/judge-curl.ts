import {failed, type Judgement, passed} from './judgement.js';

/** `version`: null when there is no curl. `isNeeded`: whether a command of the workshop calls it. */
export const judgeCurl = (isNeeded: boolean, version: string | null): Judgement => {
	if (version !== null) return passed(`curl is ${version}.`);
	if (!isNeeded) return passed('curl is not on this machine, and the workshop does not call it.');
	return failed(
		'curl is not on this machine’s `PATH`: the steps that call it can’t be run.',
		'install curl with your package manager, or open the address in a browser instead',
	);
};
