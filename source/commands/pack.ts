import path from 'node:path';
import prettyBytes from 'pretty-bytes';
import {openWorkshop} from '../app/open-workshop.js';
import {createProgressBar, printLine, printMessage} from '../app/output.js';
import {assertOpenFileLimit, onEndSignal, programVersion} from '../app/process.js';
import {openImageStore} from '../engine/image-store.js';
import {messages} from '../messages/index.js';
import {writePack} from '../pack/write-pack.js';
import {shippedFolder} from '../storage/workshop-files.js';
import {inheritedEnvironment} from '../system/processes.js';
import {UserError} from '../text/user-error.js';
import type {Command} from './flags.js';

/** `pack`: writes an offline pack of one or more workshops into a folder. */
export const pack: Command = async ([name], {workshops: wanted, dir, platform: platforms}) => {
	if (name === undefined) {
		throw new UserError(messages.commands.pack.noFolder, {
			next: messages.commands.pack.nameFolder,
			exitCode: 2,
		});
	}
	const folder = path.resolve(name);
	const workshops = openAll(wanted, dir);
	assertOpenFileLimit();
	const store = await openImageStore(inheritedEnvironment());
	const abort = new AbortController();
	onEndSignal(exitCode => abort.abort(exitCode));
	const progress = createProgressBar();
	try {
		const {images} = await writePack(store, {
			folder,
			workshops,
			shipped: shippedFolder(),
			platforms,
			version: programVersion,
			date: new Date(),
			onProgress: progress.onProgress,
			signal: abort.signal,
		});
		progress.done();
		for (const {name: image, platform, bytes, standIn} of images) {
			printLine(messages.commands.pack[standIn ? 'standIn' : 'image'](image, platform, prettyBytes(bytes)));
		}
		printLine(messages.commands.pack.done(folder));
		return 0;
	} catch (error) {
		progress.done();
		if (!abort.signal.aborted) throw error;
		printMessage(messages.commands.pack.unfinished);
		return Number(abort.signal.reason);
	}
};

/** Each once, in the order in which they are named. Throws a `UserError` if two have the same ID. */
const openAll = (names: string[], dir: string | null) => {
	const opened = new Map(
		names.map(name => {
			const {workshop, folder} = openWorkshop(name, dir);
			return [path.resolve(folder), {id: workshop.id, folder, images: workshop.images}];
		}),
	);
	const workshops = [...opened.values()];
	const twice = workshops.find(({id}, index) => workshops.findIndex(other => other.id === id) < index);
	if (twice) throw new UserError(messages.commands.pack.sameId(twice.id), {exitCode: 2});
	return workshops;
};
