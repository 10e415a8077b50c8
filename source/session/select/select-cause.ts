import type {BuildCommand} from '../../build/cause-clue.js';
import {usualCause} from '../../build/usual-cause.js';
import {readDocker} from '../../docker/command.js';
import type {RunView} from '../state.js';
import {readLine} from '../typed/read-line.js';

/** Why the build of a run usually fails like this, in one sentence; null when it did not, or when no cause is sure. */
export const selectCause = ({build, commandLine}: Pick<RunView, 'build' | 'commandLine'>): string | null =>
	build?.failure ? usualCause(build, commandOf(commandLine)) : null;

/** The one build of a line; null when it has several, or none. */
const commandOf = (line: string): BuildCommand | null => {
	const builds = readLine(line, 'sh')
		.commands.map(({words}) => readDocker(words))
		.filter(docker => docker?.verb === 'build');
	const [build] = builds;
	if (!build || builds.length > 1) return null;
	const {flags, operands, refusal} = build;
	return {
		file: flags.last('file'),
		contexts: operands,
		platform: flags.last('platform'),
		isKnown: refusal === null,
	};
};
