import {messages} from '../../messages/index.js';
import {defineFinding, failed, passed, unknown} from '../finding.js';

/** Does an engine answer us, and the CLI, which rejects some versions that we can use? */
export const engine = defineFinding({
	id: 'engine',
	probe: async machine => ({inspected: await machine.engine, cliOnEngine: await machine.cliOnEngine}),
	judge({inspected: {value, trouble}, cliOnEngine}) {
		const say = messages.doctor.engine;
		if (trouble?.finding === 'no-cli') return unknown(say.needsCli);
		if (trouble?.finding === 'no-permission') return unknown(say.needsPermission);
		if (trouble) return failed(trouble);
		// A missing CLI is a finding of its own.
		if (cliOnEngine?.trouble && cliOnEngine.trouble.finding !== 'no-cli') return failed(cliOnEngine.trouble);
		const {context, local, address, inContainer} = value;
		const said = [say.answers({...value, context: context === 'default' ? null : context})];
		if (inContainer) said.push(say.inContainer(address));
		else if (!local) said.push(say.remote(address));
		return passed(said.join(' '));
	},
});

/** May the learner use the engine? */
export const permission = defineFinding({
	id: 'permission',
	probe: machine => machine.engine,
	judge({value, trouble}) {
		const say = messages.doctor.permission;
		if (value) return passed(say.granted);
		return trouble.finding === 'no-permission' ? failed(trouble) : unknown(say.notAsked);
	},
});
