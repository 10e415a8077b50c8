import path from 'node:path';
import {readDocker} from '../../docker/command.js';
import {ensureLab} from '../files/ensure-lab.js';
import type {Engine, LabFolder} from '../ports.js';
import type {SessionState} from '../state.js';
import type {Store} from '../store.js';
import {readLine} from './read-line.js';

/** What a word of a command may be completed to. */
type Kind = 'program' | 'verb' | 'image' | 'container' | 'file';

const programs = ['docker', 'curl', 'cat', 'cd', 'cp', 'export', 'less', 'ls', 'mkdir', 'mv', 'rm', 'unset'];
const verbs = [
	...['attach', 'build', 'container', 'cp', 'exec', 'history', 'image', 'images', 'info', 'inspect', 'kill'],
	...['load', 'logs', 'port', 'ps', 'pull', 'rename', 'restart', 'rm', 'rmi', 'run', 'save', 'start', 'stop'],
	...['tag', 'top', 'version'],
];
const ofImages = new Set([
	'run',
	'create',
	'tag',
	'history',
	'save',
	'push',
	'pull',
	'image rm',
	'image inspect',
	'image ls',
]);
const ofContainers = new Set([
	...['rm', 'start', 'stop', 'restart', 'kill', 'logs', 'port', 'exec', 'attach', 'top', 'rename', 'pause'],
	...['unpause', 'wait', 'stats', 'container inspect'],
]);

/**
 * Completes the word before the cursor as far as it is certain, and offers what it may become when that is more than
 * one thing. Never rejects: an engine that does not answer has no names.
 */
export const completeLine = async (
	{getState, dispatch}: Store,
	means: {lab: LabFolder; engine: Engine},
): Promise<void> => {
	const {commandLine} = getState();
	if (!commandLine) return;
	const typed = [...commandLine.text].slice(0, commandLine.cursor).join('');
	const word = /[^\s"'=|&;<>]*$/.exec(typed)?.[0] ?? '';
	const found = await findAll(typed.slice(0, typed.length - word.length), word, getState(), means);
	// Who has typed on in the meantime wants something else.
	if (getState().commandLine !== commandLine) return;
	const common = commonStart(found);
	const [only, ...others] = found;
	if (only !== undefined && others.length === 0) {
		const end = only.endsWith('/') ? '' : ' ';
		dispatch({action: 'type-text', text: `${only.slice(word.length)}${end}`});
	} else if (common.length > word.length) {
		dispatch({action: 'type-text', text: common.slice(word.length)});
	} else {
		dispatch({
			action: 'offer',
			offers: found.map(candidate => path.posix.basename(candidate) + (candidate.endsWith('/') ? '/' : '')),
		});
	}
};

/** Everything that begins with the word, in order. */
const findAll = async (
	before: string,
	word: string,
	state: SessionState,
	means: {lab: LabFolder; engine: Engine},
): Promise<string[]> => {
	const found: string[] = [];
	for (const kind of kindsAt(before, word, state))
		found.push(...(await candidates(kind, word, state, means)));
	return [...new Set(found)].filter(candidate => candidate.startsWith(word)).sort();
};

const kindsAt = (before: string, word: string, {dialect}: SessionState): Kind[] => {
	const isFirst = /(?:^|[|&;(]|\n)\s*$/.test(before);
	if (isFirst) return /[./~]/.test(word) ? ['file'] : ['program'];
	if (/[./~]/.test(word[0] ?? '')) return ['file'];
	const command = readLine(before, dialect).commands.at(-1);
	const docker = command && readDocker(command.words);
	if (!docker) return ['file'];
	if (docker.verb === '') return ['verb'];
	if (docker.verb === 'inspect') return ['image', 'container'];
	if (ofImages.has(docker.verb)) return docker.verb === 'run' ? ['image', 'file'] : ['image'];
	return ofContainers.has(docker.verb) ? ['container'] : ['file'];
};

const candidates = async (
	kind: Kind,
	word: string,
	state: SessionState,
	{lab, engine}: {lab: LabFolder; engine: Engine},
): Promise<string[]> => {
	switch (kind) {
		case 'program':
			return programs;
		case 'verb':
			return verbs;
		case 'image':
			return engine.images().then(
				({names}) => Object.keys(names).map(name => name.replace(/:latest$/, '')),
				() => [],
			);
		case 'container': {
			const facts = await engine.facts({probePorts: false, stepId: null});
			return facts.flatMap(fact => (fact.fact === 'container' ? [fact.name] : []));
		}
		case 'file': {
			ensureLab(lab);
			const folder = word.slice(0, word.lastIndexOf('/') + 1);
			const here = state.shell.folder ?? lab.path;
			const names = lab.list(path.resolve(here, folder)) ?? [];
			const isHidden = word.slice(folder.length).startsWith('.');
			return names.filter(name => isHidden || !name.startsWith('.')).map(name => `${folder}${name}`);
		}
	}
};

const commonStart = ([first = '', ...others]: string[]): string => {
	let length = first.length;
	for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
	return first.slice(0, length);
};
