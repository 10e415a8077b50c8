import {pack} from 'tar-stream';

/** Nothing in an archive may depend on when, where and by whom it is written. */
export const fileHeader = {mode: 0o644, uid: 0, gid: 0, uname: '', gname: '', mtime: new Date(0)} as const;

/** What an archive says of itself: the first file in it, by which `docker load` goes. */
export const listingFile = 'manifest.json';

/** The image that is in an archive. */
export type ArchivedImage = {
	/** With its tag. */
	name: string;
	/** SHA-256 of its configuration, hexadecimal. */
	config: string;
	/** SHA-256 of its unpacked layers, hexadecimal, lowest first. */
	layers: string[];
};

/** The text of `manifest.json`. */
export const listingOf = ({name, config, layers}: ArchivedImage): string =>
	JSON.stringify([
		{Config: configFile(config), RepoTags: [name], Layers: layers.map(digest => layerFile(digest))},
	]);

/** The names of all files of an archive, in their order; a layer that is there twice is written once. */
export const filesOf = ({config, layers}: Omit<ArchivedImage, 'name'>): string[] => [
	listingFile,
	configFile(config),
	...new Set(layers.map(layerFile)),
];

/** The 512 bytes that are written before a file. */
export const headerBlock = async (name: string, size: number): Promise<Buffer> => {
	const archive = pack();
	// It is never filled: the rest of it is thrown away.
	archive.entry({...fileHeader, name, size}).on('error', () => {});
	for await (const block of archive) return block as Buffer;
	throw new Error(`There is no header for ${name}.`);
};

export const configFile = (digest: string): string => `${digest}.json`;
export const layerFile = (digest: string): string => `${digest}.tar`;
