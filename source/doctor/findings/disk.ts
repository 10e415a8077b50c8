import {accessSync, constants, existsSync} from 'node:fs';
import {statfs} from 'node:fs/promises';
import {homedir} from 'node:os';
import path from 'node:path';
import prettyBytes from 'pretty-bytes';
import {defineFinding, failed, passed, unknown} from '../finding.js';

/** The space in a folder. */
type DiskSpace = {
	purpose: string;
	/** Null when it is not on this machine. */
	folder: string | null;
	/** Bytes; null when that can't be read from here. */
	free: number | null;
	/** Bytes that the workshop may need. */
	needed: number;
	/** Nothing can be written there. */
	isLocked: boolean;
};

/** Is there space for what the workshop writes? */
export const disk = defineFinding({
	id: 'disk',
	isOptional: true,
	async probe({cli, engine, env, stateFolder, labFolder}): Promise<DiskSpace[]> {
		const [{value: known}, {value: inspected}] = await Promise.all([cli, engine]);
		const space = async (purpose: string, folder: string, needed: number): Promise<DiskSpace> => ({
			...{purpose, folder, needed},
			free: await readFreeSpace(folder),
			isLocked: isLocked(folder),
		});
		const spaces = [
			await space('progress and transcripts', stateFolder, 100e6),
			await space('the lab files', labFolder, 100e6),
			{
				...{purpose: 'the engine', folder: inspected?.dataFolder ?? null, needed: 1e9},
				free: inspected?.dataFolder ? await readFreeSpace(inspected.dataFolder) : null,
				isLocked: false,
			},
		];
		const buildx = known?.buildx && inspected?.podman == null ? buildxFolder(env) : null;
		return buildx !== null && isLocked(buildx)
			? [
					...spaces,
					{purpose: 'the settings of buildx', folder: buildx, free: null, needed: 0, isLocked: true},
				]
			: spaces;
	},
	judge(spaces) {
		const locked = spaces.find(space => space.isLocked);
		if (locked) {
			return failed(
				`Nothing can be written to ${locked.folder}, which is for ${locked.purpose}.`,
				`make it yours: \`sudo chown -R $USER ${locked.folder}\`, or mount it so that it can be written to`,
			);
		}
		const short = spaces.find(({free, needed}) => free !== null && free < needed);
		if (short) {
			return failed(
				`There are ${prettyBytes(short.free ?? 0)} left for ${short.purpose} in ${short.folder}; the workshop may need ${prettyBytes(short.needed)}.`,
				'make room: see what `docker system df` says, and what your own files take',
			);
		}
		const measured = spaces.flatMap(({purpose, free}) =>
			free === null ? [] : [`${prettyBytes(free)} for ${purpose}`],
		);
		if (measured.length === 0) return unknown('There is no way to see how much space is left.');
		const others = spaces.filter(({free}) => free === null).map(({purpose}) => purpose);
		return passed(
			`There is room: ${measured.join(', ')}.${others.length > 0 ? ` How much there is for ${others.join(' and ')} can’t be told from here.` : ''}`,
		);
	},
});

/** Where buildx keeps what it knows of builders, and notes when each was used. */
const buildxFolder = ({BUILDX_CONFIG, DOCKER_CONFIG}: Record<string, string>): string =>
	BUILDX_CONFIG || path.join(DOCKER_CONFIG || path.join(homedir(), '.docker'), 'buildx');

/** Bytes that may still be written to a folder, which need not be there yet; null when that can't be read. */
const readFreeSpace = async (folder: string): Promise<number | null> => {
	try {
		const {bavail, bsize} = await statfs(folder);
		return bavail * bsize;
	} catch (error) {
		const parent = path.dirname(folder);
		const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
		return isMissing && parent !== folder ? readFreeSpace(parent) : null;
	}
};

/** Whether nothing can be written to a folder, which need not be there yet. */
const isLocked = (folder: string): boolean => {
	const parent = path.dirname(folder);
	if (!existsSync(folder) && parent !== folder) return isLocked(parent);
	try {
		accessSync(folder, constants.W_OK | constants.X_OK);
		return false;
	} catch {
		return true;
	}
};
