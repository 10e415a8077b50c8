import {messages} from '../messages/index.js';
import {type DockerCommand, isBuild} from './command.js';
import {normalizeImageName} from './image-ref.js';
import {verbs} from './verbs.js';

/** What a docker command makes, as far as its words tell. */
export type CommandEffects = {
	/** Null when it makes no container. */
	container: {name: string | null; detached: boolean} | null;
	/** Names that it gives to images, `name:tag` each. */
	names: string[];
	/**
	 * How it makes images: `build` and `bake` print what they built; `output`: it prints the ID; `load`: it prints the names;
	 * `pull`: from a registry, when they are not here yet.
	 */
	images: 'build' | 'bake' | 'output' | 'load' | 'pull' | null;
	/** Names of volumes; anonymous ones go with their container. */
	volumes: string[];
	/** It prints the name of a volume that it makes. */
	printsVolume: boolean;
	/** Names of networks. */
	networks: string[];
	/** Files and folders that it writes on this machine, as they were written in the command. */
	files: string[];
	/** Folders and files of this machine that its container may write to, as they were written. */
	mounts: string[];
};

const noEffects: CommandEffects = {
	container: null,
	names: [],
	images: null,
	volumes: [],
	printsVolume: false,
	networks: [],
	files: [],
	mounts: [],
};

/** Tells what a command makes. One that names the engine itself makes nothing on the workshop's. */
export const readEffects = (command: DockerCommand): CommandEffects => ({
	...noEffects,
	...(command.namesEngine ? null : effectsByVerb.get(command.verb)?.(command)),
});

const presentValues = (value: string | null): string[] => (value === null || value === '' ? [] : [value]);

/** The image that a command names first; a digest names an image without giving it a name. */
const firstName = ([image]: string[]): string[] =>
	image === undefined || image.includes('@') ? [] : [normalizeImageName(image)];

/** The name that a command gives to an image, its second word. */
const givenName = (operands: string[]): string[] => operands.slice(1, 2).map(normalizeImageName);

/** `-` is standard output; `name:/path` is in a container, `C:\…` is not. */
const isPath = (word: string): boolean =>
	word !== '-' && (!word.includes(':') || /^[A-Za-z]:[\\/]/.test(word));

const containerEffects = ({verb, flags, operands}: DockerCommand): Partial<CommandEffects> => {
	const mounts = [...flags.all('volume').map(parseVolume), ...flags.all('mount').map(parseMount)];
	return {
		container: {name: flags.last('name'), detached: verb === 'run' && flags.isOn('detach')},
		images: 'pull',
		names: firstName(operands),
		volumes: [...new Set(mounts.flatMap(({volume}) => volume ?? []))],
		files: presentValues(flags.last('cidfile')),
		mounts: mounts.flatMap(({folder}) => folder ?? []),
	};
};

/** A named volume, or a folder of this machine that the container may write to; neither for another mount. */
type Mount = {volume?: string; folder?: string};

/** `name:/in/container`, `./folder:/in/container:ro`; `/in/container` alone is an anonymous volume. */
const parseVolume = (value: string): Mount => {
	const [, source = '', options = ''] = /^((?:[A-Za-z]:[\\/])?[^:]*):[^:]+(?::(.*))?$/.exec(value) ?? [];
	if (source === '') return {};
	if (/^[\w][\w.-]*$/.test(source)) return {volume: source};
	return options.split(',').includes('ro') ? {} : {folder: source};
};

/** `type=volume,source=name,target=/in/container`; `volume` is the type where none is given. */
const parseMount = (value: string): Mount => {
	const fields = parseFields(value);
	const source = fields.source ?? fields.src;
	if (!source) return {};
	const type = fields.type ?? 'volume';
	if (type === 'volume') return {volume: source};
	const isReadOnly = ['readonly', 'ro'].some(name => name in fields && fields[name] !== 'false');
	return type === 'bind' && !isReadOnly ? {folder: source} : {};
};

/** `a=1,b=2`; a field without a value is empty. */
const parseFields = (value: string): Record<string, string> =>
	Object.fromEntries(
		value.split(',').map(field => {
			const [name = '', ...rest] = field.split('=');
			return [name.trim().toLowerCase(), rest.join('=').replace(/^"|"$/g, '')];
		}),
	);

const buildEffects = ({flags}: DockerCommand): Partial<CommandEffects> => {
	const outputs = flags.all('output').map(parseOutput);
	const caches = flags.all('cache-to').map(parseFields);
	return {
		images: 'build',
		names: [...flags.all('tag'), ...outputs.flatMap(({names}) => names)].map(normalizeImageName),
		files: [
			...outputs.flatMap(({file}) => file ?? []),
			...caches.flatMap(({dest}) => presentValues(dest ?? null)),
			...presentValues(flags.last('iidfile')),
			...presentValues(flags.last('metadata-file')),
		],
	};
};

/** A path alone is a folder; `-` is standard output. */
const parseOutput = (value: string): {names: string[]; file: string | null} => {
	if (!value.includes('=')) return {names: [], file: value === '-' ? null : value};
	const {name = '', dest = '-'} = parseFields(value);
	return {names: presentValues(name), file: dest === '-' ? null : dest};
};

const effectsByVerb = new Map<string, (command: DockerCommand) => Partial<CommandEffects>>(
	Object.entries({
		run: containerEffects,
		create: containerEffects,
		build: command => (isBuild(command) ? buildEffects(command) : {}),
		'buildx bake': ({flags}) => ({images: 'bake', files: presentValues(flags.last('metadata-file'))}),
		commit: ({operands}) => ({images: 'output', names: givenName(operands)}),
		import: ({operands}) => ({images: 'output', names: givenName(operands)}),
		load: () => ({images: 'load'}),
		pull: ({operands}) => ({images: 'pull', names: firstName(operands)}),
		tag: ({operands}) => ({names: givenName(operands)}),
		'volume create'({flags, operands}) {
			const name = flags.last('name') ?? operands[0] ?? null;
			return {volumes: presentValues(name), printsVolume: name === null};
		},
		'network create': ({operands}) => ({networks: operands.slice(0, 1)}),
		save: ({flags}) => ({files: presentValues(flags.last('output'))}),
		export: ({flags}) => ({files: presentValues(flags.last('output'))}),
		cp: ({operands}) => ({files: operands.slice(1, 2).filter(isPath)}),
	} satisfies Record<string, (command: DockerCommand) => Partial<CommandEffects>>),
);

/**
 * Why clean-up could not remove what a shipped command makes, as the end of a sentence that begins with the command;
 * null when it can, or when the command leaves nothing.
 */
export const explainUntraceable = (command: DockerCommand): string | null => {
	const {verb, flags} = command;
	const {untraceable} = messages.docker;
	if (command.namesEngine) return untraceable.engine;
	if (flags.isOn('push') || flags.all('output').some(value => /\btype=registry\b|\bpush=true\b/.test(value)))
		return untraceable.push;
	if (verb === 'pull' && flags.isOn('all-tags')) return untraceable.allTags;
	if (flags.last('cidfile') !== null) return untraceable.cidfile;
	const {files, mounts} = readEffects(command);
	const outside = files.find(isOutside);
	if (outside !== undefined) return untraceable.outside(outside);
	const mounted = mounts.find(mount => !mount.endsWith('.sock'));
	if (mounted !== undefined) return untraceable.mount(mounted);
	return (verbs[verb]?.traces ?? 'unknown') === 'unknown' ? untraceable.verb(verb) : null;
};

/** Commands run in the lab folder: what is absolute, at home or above it lies outside. */
const isOutside = (file: string): boolean =>
	/^(?:[\\/~]|[A-Za-z]:[\\/])/.test(file) || file.split(/[\\/]/).reduce(countDepth, 0) < 0;

/** How far below the lab folder a path is; below zero once it has been above it. */
const countDepth = (depth: number, part: string): number => {
	if (depth < 0 || part === '' || part === '.') return depth;
	return part === '..' ? depth - 1 : depth + 1;
};
