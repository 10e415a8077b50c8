import {imageName} from '../text/image-name.js';
import {type DockerCommand, isBuild} from './command.js';

/** What a docker command makes, as far as its words tell. */
export type Makes = {
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

const nothing: Makes = {
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
export const readMakes = (command: DockerCommand): Makes => {
	const {verb, flags, operands, namesEngine} = command;
	if (namesEngine) return nothing;
	switch (verb) {
		case 'run':
		case 'create':
			return {...nothing, ...makesContainer(command)};
		case 'build':
			return isBuild(command) ? {...nothing, ...makesBuild(command)} : nothing;
		case 'buildx bake':
			return {...nothing, images: 'bake', files: given(flags.last('metadata-file'))};
		case 'commit':
		case 'import':
			return {...nothing, images: 'output', names: operands.slice(1, 2).map(imageName)};
		case 'load':
			return {...nothing, images: 'load'};
		case 'pull':
			return {...nothing, images: 'pull', names: operands.slice(0, 1).filter(isName).map(imageName)};
		case 'tag':
			return {...nothing, names: operands.slice(1, 2).map(imageName)};
		case 'volume create': {
			const name = flags.last('name') ?? operands[0];
			return {...nothing, volumes: given(name ?? null), printsVolume: name === undefined};
		}
		case 'network create':
			return {...nothing, networks: operands.slice(0, 1)};
		case 'save':
		case 'export':
			return {...nothing, files: given(flags.last('output'))};
		case 'cp':
			return {...nothing, files: operands.slice(1, 2).filter(isPath)};
		default:
			return nothing;
	}
};

const given = (value: string | null): string[] => (value === null || value === '' ? [] : [value]);

/** A digest names an image without giving it a name. */
const isName = (image: string): boolean => !image.includes('@');

/** `-` is standard output; `name:/path` is in a container, `C:\…` is not. */
const isPath = (word: string): boolean =>
	word !== '-' && (!word.includes(':') || /^[A-Za-z]:[\\/]/.test(word));

const makesContainer = ({verb, flags, operands}: DockerCommand): Partial<Makes> => {
	const mounts = [...flags.all('volume').map(readVolume), ...flags.all('mount').map(readMount)];
	return {
		container: {name: flags.last('name'), detached: verb === 'run' && flags.isOn('detach')},
		images: 'pull',
		names: operands.slice(0, 1).filter(isName).map(imageName),
		volumes: [...new Set(mounts.flatMap(({volume}) => volume ?? []))],
		files: given(flags.last('cidfile')),
		mounts: mounts.flatMap(({folder}) => folder ?? []),
	};
};

/** A named volume, or a folder of this machine that the container may write to; neither for another mount. */
type Mount = {volume?: string; folder?: string};

/** `name:/in/container`, `./folder:/in/container:ro`; `/in/container` alone is an anonymous volume. */
const readVolume = (value: string): Mount => {
	const [, source = '', options = ''] = /^((?:[A-Za-z]:[\\/])?[^:]*):[^:]+(?::(.*))?$/.exec(value) ?? [];
	if (source === '') return {};
	if (/^[\w][\w.-]*$/.test(source)) return {volume: source};
	return options.split(',').includes('ro') ? {} : {folder: source};
};

/** `type=volume,source=name,target=/in/container`; `volume` is the type where none is given. */
const readMount = (value: string): Mount => {
	const fields = readFields(value);
	const source = fields.source ?? fields.src;
	if (!source) return {};
	const type = fields.type ?? 'volume';
	if (type === 'volume') return {volume: source};
	const isReadOnly = ['readonly', 'ro'].some(name => name in fields && fields[name] !== 'false');
	return type === 'bind' && !isReadOnly ? {folder: source} : {};
};

/** `a=1,b=2`; a field without a value is empty. */
const readFields = (value: string): Record<string, string> =>
	Object.fromEntries(
		value.split(',').map(field => {
			const [name = '', ...rest] = field.split('=');
			return [name.trim().toLowerCase(), rest.join('=').replace(/^"|"$/g, '')];
		}),
	);

const makesBuild = ({flags}: DockerCommand): Partial<Makes> => {
	const outputs = flags.all('output').map(readOutput);
	const caches = flags.all('cache-to').map(readFields);
	return {
		images: 'build',
		names: [...flags.all('tag'), ...outputs.flatMap(({names}) => names)].map(imageName),
		files: [
			...outputs.flatMap(({file}) => file ?? []),
			...caches.flatMap(({dest}) => given(dest ?? null)),
			...given(flags.last('iidfile')),
			...given(flags.last('metadata-file')),
		],
	};
};

/** A path alone is a folder; `-` is standard output. */
const readOutput = (value: string): {names: string[]; file: string | null} => {
	if (!value.includes('=')) return {names: [], file: value === '-' ? null : value};
	const {name = '', dest = '-'} = readFields(value);
	return {names: given(name), file: dest === '-' ? null : dest};
};
