import {useRef, useState} from 'react';

/**
 * The item that the learner has chosen in a list. `current`: as of the last key, drawn or not. `choose`: moves on by so
 * many items and returns the new one.
 */
export const useChoice = (items: string[], first: string) => {
	const [chosen, setChosen] = useState(first);
	// Keys can come faster than frames: each starts from the item that the key before it chose.
	const latest = useRef(first);
	const choose = (offset: number): string => {
		const index = Math.max(0, Math.min(items.indexOf(latest.current) + offset, items.length - 1));
		latest.current = items[index] ?? latest.current;
		setChosen(latest.current);
		return latest.current;
	};
	return {chosen, current: () => latest.current, choose};
};
