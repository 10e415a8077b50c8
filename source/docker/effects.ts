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
export const readEffects = (command: DockerCommand): CommandEffects => {
	const {verb, flags, operands, namesEngine} = command;
	if (namesEngine) return noEffects;
	switch (verb) {
		case 'run':
		case 'create':
			return {...noEffects, ...containerEffects(command)};
		case 'build':
			return isBuild(command) ? {...noEffects, ...buildEffects(command)} : noEffects;
		case 'buildx bake':
			return {...noEffects, images: 'bake', files: presentValues(flags.last('metadata-file'))};
		case 'commit':
		case 'import':
			return {...noEffects, images: 'output', names: operands.slice(1, 2).map(normalizeImageName)};
		case 'load':
			return {...noEffects, images: 'load'};
		case 'pull':
			return {
				...noEffects,
				images: 'pull',
				names: operands.slice(0, 1).filter(isName).map(normalizeImageName),
			};
		case 'tag':
			return {...noEffects, names: operands.slice(1, 2).map(normalizeImageName)};
		case 'volume create': {
			const name = flags.last('name') ?? operands[0];
			return {...noEffects, volumes: presentValues(name ?? null), printsVolume: name === undefined};
		}
		case 'network create':
			return {...noEffects, networks: operands.slice(0, 1)};
		case 'save':
		case 'export':
			return {...noEffects, files: presentValues(flags.last('output'))};
		case 'cp':
			return {...noEffects, files: operands.slice(1, 2).filter(isPath)};
		default:
			return noEffects;
	}
};

const presentValues = (value: string | null): string[] => (value === null || value === '' ? [] : [value]);

/** A digest names an image without giving it a name. */
const isName = (image: string): boolean => !image.includes('@');

/** `-` is standard output; `name:/path` is in a container, `C:\…` is not. */
const isPath = (word: string): boolean =>
	word !== '-' && (!word.includes(':') || /^[A-Za-z]:[\\/]/.test(word));

const containerEffects = ({verb, flags, operands}: DockerCommand): Partial<CommandEffects> => {
	const mounts = [...flags.all('volume').map(parseVolume), ...flags.all('mount').map(parseMount)];
	return {
		container: {name: flags.last('name'), detached: verb === 'run' && flags.isOn('detach')},
		images: 'pull',
		names: operands.slice(0, 1).filter(isName).map(normalizeImageName),
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
