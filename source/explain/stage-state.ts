import path from 'node:path';
import {expandArgs, splitWords} from '../stages/dockerfile/instruction-words.js';
import type {DockerfileScope} from '../stages/dockerfile/parse-dockerfile.js';
import {digest} from './digest.js';

/** What the instructions of a stage have set so far, apart from what its base image sets. */
export type StageState = {
	/** The environment of a `RUN`, in BuildKit's order: that of `ENV` and of `ARG`. */
	environment: Map<string, string>;
	/** The part that the image keeps: that of `ENV`. */
	kept: Map<string, string>;
	/** The names that `ARG` declares. */
	args: Set<string>;
	folder: string;
	user: string;
	shell: string;
};

/** `base`: of the stage that it starts from; null for an image. */
export const createStageState = (base: StageState | null): StageState => {
	const environment = new Map(base?.environment);
	const kept = new Map(base?.kept);
	for (const [name, value] of kept) setLast(environment, name, value);
	return {
		environment,
		kept,
		args: new Set(base?.args),
		folder: base?.folder ?? '',
		user: base?.user ?? '',
		shell: base?.shell ?? '',
	};
};

/** The order of variables counts, too. */
const setLast = (map: Map<string, string>, name: string, value: string): void => {
	map.delete(name);
	map.set(name, value);
};

type Applied = {keyword: string; words: string};

/** Applies an instruction that sets something for those after it. Any other one changes nothing. */
export const applySetting = (
	state: StageState,
	{keyword, words}: Applied,
	{scope, buildArgs}: {scope: DockerfileScope; buildArgs: ReadonlyMap<string, string>},
): void => {
	const expand = (word: string): string => expandArgs(word, state.environment, scope.escapeMark);
	switch (keyword) {
		case 'ENV': {
			const pairs = splitPairs(words, scope.escapeMark).map(
				([name, value]) => [name, expand(value)] as const,
			);
			for (const [name, value] of pairs) {
				setLast(state.environment, name, value);
				state.kept.set(name, value);
			}
			break;
		}
		case 'ARG':
			for (const word of splitWords(words, scope.escapeMark)) {
				const at = word.indexOf('=');
				const name = at < 0 ? word : word.slice(0, at);
				const written = at < 0 ? scope.globalArgs.get(name) : expand(word.slice(at + 1));
				const value = buildArgs.get(name) ?? written;
				state.args.add(name);
				if (value !== undefined) setLast(state.environment, name, value);
			}
			break;
		case 'WORKDIR':
			state.folder = path.posix.resolve(state.folder || '/', expand(words));
			break;
		case 'USER':
			state.user = expand(words);
			break;
		case 'SHELL':
			state.shell = words;
			break;
	}
};

/** Splits `A=1 B=2`, and the older `A 1`. */
const splitPairs = (text: string, escapeMark: string): Array<[name: string, value: string]> => {
	const words = splitWords(text, escapeMark);
	if (!words[0]?.includes('=')) {
		const [, name = '', value = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
		return [[name, value]];
	}
	return words.map(word => {
		const at = word.indexOf('=');
		return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
	});
};

/** Digests of what a stage has set, by name: each variable, and `WORKDIR`, `USER` and `SHELL`. */
export type Settings = Record<string, string>;

/** The settings that count for a `RUN`. Their values may be secret, so only their digests are kept. */
export const digestSettings = ({environment, folder, user, shell}: StageState): Settings => ({
	...digestVariables(environment, [...environment.keys()]),
	WORKDIR: digest(folder),
	USER: digest(user),
	SHELL: digest(shell),
});

/** The variables that a text refers to. */
export const digestUsed = ({environment}: StageState, text: string): Settings =>
	digestVariables(
		environment,
		[...environment.keys()].filter(name => new RegExp(`\\$\\{?${name}\\b`).test(text)),
	);

const digestVariables = (environment: Map<string, string>, names: string[]): Settings =>
	Object.fromEntries(names.map(name => [`$${name}`, digest(environment.get(name) ?? '')]));
