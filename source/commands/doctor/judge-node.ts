import {failed, type Judgement, passed} from './judgement.js';

/** `version`: of the Node that runs the program, as in `20.19.0`. */
export const judgeNode = (version: string): Judgement => {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	return major > 20 || (major === 20 && minor >= 19)
		? passed(`Node ${version} runs the program.`)
		: failed(`Node ${version} is too old.`, 'install Node 20.19 or newer');
};
