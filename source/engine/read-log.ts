import type Docker from 'dockerode';
import type {ContainerFact} from '../checks/model.js';
import {cleanLine, stripColours} from '../text/clean-line.js';
import {askEngine, busyPatience} from './ask-engine.js';

/** Lines of a log that are read at most, from its end. */
const tail = 1000;

/** What a container's log says last, or of an argument that is wrong, and which port whoami said it starts on; nulls when its log can't be read. */
export const readLog = async (
	docker: Docker,
	id: string,
): Promise<Pick<ContainerFact, 'lastLogLine' | 'loggedPort'>> => {
	const bytes = await askEngine(
		() => docker.getContainer(id).logs({stdout: true, stderr: true, tail, follow: false}),
		busyPatience,
	).catch(() => Buffer.alloc(0));
	const lines = stripFrames(Buffer.isBuffer(bytes) ? bytes : Buffer.from(String(bytes)))
		.split(/\r?\n/)
		.map(line => stripColours(cleanLine(line)).trim())
		.filter(Boolean);
	const ports = lines.map(line => /Starting up on port (\d+)/.exec(line)?.[1]).filter(Boolean);
	const port = ports.at(-1);
	// A program in Go says what is wrong before it says at length how it is used.
	const complaint = lines.findLast(line =>
		/^(?:bad flag syntax|flag needs an argument|flag provided but not defined|invalid value .* for flag)/.test(
			line,
		),
	);
	return {lastLogLine: complaint ?? lines.at(-1) ?? null, loggedPort: port ? Number(port) : null};
};

/** Without a terminal each piece has a header of 8 bytes: stream, three zeros, length. */
const stripFrames = (bytes: Buffer): string => {
	const pieces: Buffer[] = [];
	let offset = 0;
	while (offset < bytes.length) {
		const isFrame = offset + 8 <= bytes.length && bytes.readUInt32BE(offset) >>> 0 <= 0x02_00_00_00;
		if (!isFrame || bytes.readUIntBE(offset + 1, 3) !== 0) return bytes.toString('utf8');
		const length = bytes.readUInt32BE(offset + 4);
		pieces.push(bytes.subarray(offset + 8, offset + 8 + length));
		offset += 8 + length;
	}
	return Buffer.concat(pieces).toString('utf8');
};
