import {createLiveBackend} from '../app/live-backend.js';
import {openWorkshop} from '../app/open-workshop.js';
import {printJson, printLine} from '../app/output.js';
import {createTerminalPrompt} from '../app/prompt.js';
import {messages} from '../messages/index.js';
import type {CleanupItem, CleanupPreview, CleanupResult} from '../ownership/ledger.js';
import type {ProgressStore} from '../session/ports.js';
import {cleanupQuestion, describeResult} from '../session/run-cleanup.js';
import type {Command} from './flags.js';

/** `cleanup`: lists the objects that the workshop created, then removes them. */
export const cleanup: Command = async (_parameters, {workshop, dir, json, yes}) => {
	const open = openWorkshop(workshop, dir);
	const {cleaner, progress} = createLiveBackend(open);
	const preview = await cleaner.preview();
	const nothing = preview.remove.length + preview.giveBack.length === 0;
	const agreed =
		nothing || (await createTerminalPrompt(yes)(cleanupQuestion(preview, open.lab.path))) === 'yes';
	const {removed, kept} = agreed ? await cleaner.clean() : keepAll(preview);
	if (agreed) beginAnew(progress);
	if (json) {
		printJson({
			removed: removed.map(({kind, id, name}) => ({kind, id, name})),
			kept: kept.map(({kind, id, name, reason}) => ({kind, id, name, reason})),
		});
	} else if (agreed) {
		for (const line of describeResult({removed, kept}, preview)) printLine(line);
	} else {
		printLine(messages.session.cleanup.declined);
	}
	return 0;
};

/** Lets challenges begin once more, because what they began with is gone. */
const beginAnew = (store: ProgressStore): void => {
	const {progress, readOnly} = store.load();
	if (progress && !readOnly) store.save({...progress, begun: {}});
};

const keepAll = ({remove, giveBack, keep}: CleanupPreview): CleanupResult => {
	const names = giveBack.map(({name, id}): CleanupItem => ({kind: 'name', id, name}));
	const reason = messages.commands.cleanup.keptOnRequest;
	const spared = [...remove, ...names].map(item => ({...item, reason}));
	return {removed: [], kept: [...spared, ...keep]};
};
