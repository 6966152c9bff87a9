def f():
	if True: P = {'steps': [{'id': 'a', 'type': 'tool', 'tool': 't', 'next_step': 'x'}, {'id': 'fail', 'type': 'tool', 'tool': 't'}]}; return P
	return None
