import {readDocker} from '../../docker/command.js';
import {variableName} from '../../text/variable-name.js';
import type {ReadLine, SimpleCommand} from './read-line.js';

/** What decides which engine the docker command reaches, and by which builder it builds. */
export const engineVariables: ReadonlySet<string> = new Set([
	...['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG', 'BUILDX_BUILDER'],
	...['DOCKER_TLS', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH'],
]);

/** What to say about a line that reaches, or selects, another engine than the one that is judged; null for any other. */
export const leavesEngine = ({commands}: ReadLine): string | null => {
	if (commands.some(reachesAnother))
		return 'This line selects its own engine: the workshop is judged on the engine that it started with.';
	return commands.some(selectsContext)
		? 'The context that you select counts in other terminals, and when you start the program again. Until then the workshop stays on the engine that it began with.'
		: null;
};

const reachesAnother = ({words, settings}: SimpleCommand): boolean => {
	const isSetting = /^(?:export|unset|set|env)$/.test(words[0] ?? '');
	const named = [...Object.keys(settings), ...(isSetting ? words.slice(1).map(nameOf) : [])];
	return (
		named.some(name => engineVariables.has(variableName(name))) || (readDocker(words)?.namesEngine ?? false)
	);
};

const nameOf = (word: string): string => word.split('=', 1)[0] ?? '';

const selectsContext = ({words}: SimpleCommand): boolean => readDocker(words)?.verb === 'context use';
