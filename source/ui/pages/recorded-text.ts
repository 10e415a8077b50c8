import type {EngineState, SessionState} from '../../session/state.js';

/** What a replay is made of, in short; null when nothing is replayed. */
export const recordedText = (engine: EngineState, replay: SessionState['replay'] = null): string | null => {
	if (engine.status !== 'ready' || !engine.identity.recorded) return null;
	const {version, recorded} = engine.identity;
	const images = recorded.standIn ? ', stand-in base images' : '';
	const pace = replay && replay.pace > 1 ? `, ${replay.pace}× as fast` : '';
	return `RECORDED on engine ${version}, ${recorded.date.slice(0, 10)}${images}${pace}`;
};
