import {cleanupQuestion, describeResult} from '../session/perform-cleanup.js';
import {createTerminalAsker} from './ask-terminal.js';
import {createLiveWorld} from './live-world.js';
import {openWorkshop} from './open-workshop.js';
import type {Command} from './options.js';
import {printJson, printLine} from './print.js';

/** `cleanup`: removes what the workshop made; lists it first. */
export const cleanup: Command = async (_parameters, {workshop, dir, json, yes}) => {
	const {cleaner} = createLiveWorld(openWorkshop(workshop, dir));
	const preview = await cleaner.preview();
	const nothing = preview.remove.length + preview.giveBack.length === 0;
	const agreed = nothing || (await createTerminalAsker(yes)(cleanupQuestion(preview))) === 'yes';
	const {removed, kept} = agreed ? await cleaner.clean() : {removed: [], kept: preview.keep};
	if (json) {
		printJson({
			removed: removed.map(({kind, id, name}) => ({kind, id, name})),
			kept: kept.map(({kind, id, name, reason}) => ({kind, id, name, reason})),
		});
	} else if (agreed) {
		for (const line of describeResult({removed, kept}, preview)) printLine(line);
	} else {
		printLine('Nothing was removed.');
	}
	return 0;
};
