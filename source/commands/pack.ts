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

/** `pack`: writes an offline pack of a workshop into a folder. */
export const pack: Command = async ([name], {workshop: wanted, dir, platform: platforms}) => {
	if (name === undefined) {
		throw new UserError(messages.commands.pack.noFolder, {
			next: messages.commands.pack.nameFolder,
			exitCode: 2,
		});
	}
	const folder = path.resolve(name);
	const open = openWorkshop(wanted, dir);
	assertOpenFileLimit();
	const store = await openImageStore(inheritedEnvironment());
	const abort = new AbortController();
	onEndSignal(exitCode => abort.abort(exitCode));
	const progress = createProgressBar();
	try {
		const {images} = await writePack(store, {
			folder,
			workshop: {id: open.workshop.id, folder: open.folder, images: open.workshop.images},
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
