import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {outlineWorkshop, readPackedWorkshops} from '../app/class-outline.js';
import {verifyPackShowingProgress} from '../app/load-from-pack.js';
import {printMessage} from '../app/output.js';
import {onEndSignal} from '../app/process.js';
import {createTerminalPrompt} from '../app/prompt.js';
import {openBoard} from '../board/open-board.js';
import {keptFiles} from '../classroom/kept-class.js';
import {limits} from '../classroom/protocol.js';
import {listAddresses} from '../hub/addresses.js';
import {createHandOut, programHash} from '../hub/hand-out.js';
import {openHub} from '../hub/hub.js';
import {messages} from '../messages/index.js';
import {manifestFile, readManifest} from '../pack/manifest.js';
import {prefersPlain} from '../plain/prefers-plain.js';
import {quotePath} from '../text/shell-commands.js';
import {UserError} from '../text/user-error.js';
import type {Command} from './flags.js';

/**
 * `class open <pack>`: hands out a pack, and shows the board. Listens on an address of the network only once the
 * teacher has named it.
 */
export const classOpen: Command = async ([name], options) => {
	const say = messages.commands.classOpen;
	if (name === undefined) throw new UserError(say.noPack, {next: say.makePack, exitCode: 2});
	if (options.resume && options.keep === null)
		throw new UserError(say.resumeWhat, {next: say.nameKept, exitCode: 2});
	const title = readTitle(options.title);
	const folder = path.resolve(name);
	const manifest = readManifest(folder);
	const bytes = readFileSync(path.join(folder, manifestFile));
	const hash = programHash(bytes, folder);
	if (hash === null) throw new UserError(messages.pack.remote.tooOld(folder, manifest.program));
	const packed = readPackedWorkshops(folder, manifest);
	const abort = new AbortController();
	onEndSignal(exitCode => abort.abort(exitCode));
	const images = packed.flatMap(({workshop}) => workshop.images);
	await verifyPackShowingProgress(folder, {workshop: {id: manifest.workshop.id, images}}, abort.signal);
	const host = options.address ?? (await chooseAddress());
	const hub = await openHub({
		title:
			title ??
			packed
				.map(({workshop}) => workshop.title)
				.join(', ')
				.slice(0, limits.title),
		host,
		port: options.port,
		workshops: packed.map(({workshop, hash}) => outlineWorkshop(workshop, hash)),
		manifest: bytes,
		programHash: hash,
		handOut: shown => createHandOut({folder, manifest: bytes, ...shown}),
		keep: options.keep,
		resume: options.resume,
		tell: printMessage,
	});
	try {
		const isPlain = options.plain || prefersPlain(process.env, process);
		await openBoard(hub, {isPlain, signal: abort.signal});
	} finally {
		await hub.close();
	}
	if (options.keep !== null && existsSync(path.join(options.keep, keptFiles.class)))
		printMessage(messages.commands.classOpen.kept(quotePath(name), quotePath(options.keep)));
	return abort.signal.aborted ? Number(abort.signal.reason) : 0;
};

const readTitle = (title: string | null): string | null => {
	if (title === null || title.length <= limits.title) return title;
	throw new UserError(messages.commands.classOpen.longTitle(title.length, limits.title), {exitCode: 2});
};

/**
 * Asks on which address of this machine to listen. Any other answer is the machine itself. Throws a `UserError` if
 * there is no terminal to ask on.
 */
const chooseAddress = async (): Promise<string> => {
	const say = messages.commands.classOpen;
	const all = listAddresses();
	const others = all.filter(({isVirtual}) => !isVirtual);
	const found = (others.length > 0 ? others : all).slice(0, 9);
	if (found.length === 0) {
		printMessage(say.noNetwork);
		return loopback;
	}
	if (!process.stdin.isTTY) throw new UserError(say.whichAddress, {next: say.nameAddress, exitCode: 2});
	const choices = found.map(({address, interface: device}, index) => ({
		key: String(index + 1),
		label: say.address(address, device),
		answer: address,
	}));
	const onlyHere = {key: '0', label: say.onlyHere, answer: loopback};
	return createTerminalPrompt(false)({
		title: say.askAddress,
		lines: [say.whoCanReach],
		choices: [...choices, onlyHere],
	});
};

const loopback = '127.0.0.1';
