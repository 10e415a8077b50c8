import {useRef, useState} from 'react';

/**
 * The item that the learner has chosen in a list. `current`: the choice after the last key, drawn or not. `choose`:
 * moves the choice by an offset and returns the new item.
 */
export const useChoice = (items: string[], first: string) => {
	const [chosen, setChosen] = useState(first);
	// Keys can come faster than frames, so each one starts from the choice of the key before it.
	const latest = useRef(first);
	const choose = (offset: number): string => {
		const index = Math.max(0, Math.min(items.indexOf(latest.current) + offset, items.length - 1));
		latest.current = items[index] ?? latest.current;
		setChosen(latest.current);
		return latest.current;
	};
	return {chosen, current: () => latest.current, choose};
};
