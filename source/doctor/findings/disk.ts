import {accessSync, constants, existsSync} from 'node:fs';
import {statfs} from 'node:fs/promises';
import {homedir} from 'node:os';
import path from 'node:path';
import prettyBytes from 'pretty-bytes';
import {messages} from '../../messages/index.js';
import {defineFinding, failed, passed, unknown} from '../finding.js';

/** The free space in a folder. */
type DiskSpace = {
	purpose: 'state' | 'lab' | 'engine' | 'buildx';
	/** Empty if it is not on this machine. */
	folder: string;
	/** Bytes; null if unknown from here. */
	free: number | null;
	/** Bytes that the workshop may need. */
	needed: number;
	/** Whether nothing can be written there. */
	isLocked: boolean;
};

/** Is there enough space for what the workshop writes? */
export const disk = defineFinding({
	id: 'disk',
	isOptional: true,
	async probe({cli, engine, env, stateFolder, labFolder}): Promise<DiskSpace[]> {
		const [{value: known}, {value: inspected}] = await Promise.all([cli, engine]);
		const space = async (purpose: 'state' | 'lab', folder: string): Promise<DiskSpace> => ({
			...{purpose, folder, needed: 100e6},
			free: await readFreeSpace(folder),
			isLocked: isLocked(folder),
		});
		const dataFolder = inspected?.dataFolder ?? '';
		const spaces: DiskSpace[] = [
			await space('state', stateFolder),
			await space('lab', labFolder),
			{
				...{purpose: 'engine', folder: dataFolder, needed: 1e9, isLocked: false},
				free: dataFolder === '' ? null : await readFreeSpace(dataFolder),
			},
		];
		const buildx = known?.buildx && inspected?.podman == null ? buildxFolder(env) : null;
		if (buildx !== null && isLocked(buildx))
			spaces.push({purpose: 'buildx', folder: buildx, free: null, needed: 0, isLocked: true});
		return spaces;
	},
	judge(spaces) {
		const say = messages.doctor.disk;
		const locked = spaces.find(({isLocked}) => isLocked);
		if (locked) return failed(say.locked(locked));
		const measured = spaces.flatMap(space => (space.free === null ? [] : [{...space, free: space.free}]));
		const short = measured.find(({free, needed}) => free < needed);
		if (short) {
			const {free, needed} = short;
			return failed(say.short({...short, free: prettyBytes(free), needed: prettyBytes(needed)}));
		}
		if (measured.length === 0) return unknown(say.unknown);
		const room = measured.map(({purpose, free}) => ({purpose, free: prettyBytes(free)}));
		const others = spaces.filter(({free}) => free === null).map(({purpose}) => purpose);
		return passed(others.length === 0 ? say.enough(room) : say.enoughAsFarAsKnown(room, others));
	},
});

/** Where buildx stores its builders, and when each was last used. */
const buildxFolder = ({BUILDX_CONFIG, DOCKER_CONFIG}: Record<string, string>): string =>
	BUILDX_CONFIG || path.join(DOCKER_CONFIG || path.join(homedir(), '.docker'), 'buildx');

/** Bytes available in a folder, which need not exist yet; null if unknown. */
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

/** Whether a folder, which need not exist yet, can't be written to. */
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
