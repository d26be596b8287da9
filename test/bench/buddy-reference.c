/*
 * The same buddy allocator as src/engine/buddy.ts over the same stream, as a yardstick for its speed: LIFO lists,
 * the lower half handed out, merge upward. Reads its parameters from the command line and prints processor
 * nanoseconds an operation, over the second half of the stream, and a checksum of the page frames handed out.
 *
 * usage: buddy-reference PAGES OPERATIONS SEED
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MAX_ORDER 10
#define NONE 0xffffffffu
#define NO_HEAD 0x0f

static uint32_t *next, *prev;
static uint8_t *order_of;
static uint32_t pages, free_pages;
static uint32_t head[MAX_ORDER + 1], tail[MAX_ORDER + 1], count[MAX_ORDER + 1];

static void list_add(uint32_t pfn, int order)
{
	uint32_t first = head[order];

	order_of[pfn] = order;
	next[pfn] = first;
	prev[pfn] = NONE;
	if (first == NONE)
		tail[order] = pfn;
	else
		prev[first] = pfn;
	head[order] = pfn;
	count[order]++;
}

static void list_del(uint32_t pfn, int order)
{
	uint32_t n = next[pfn], p = prev[pfn];

	if (p == NONE)
		head[order] = n;
	else
		next[p] = n;
	if (n == NONE)
		tail[order] = p;
	else
		prev[n] = p;
	order_of[pfn] = NO_HEAD;
	count[order]--;
}

static void buddy_free(uint32_t pfn, int order)
{
	free_pages += 1u << order;
	while (order < MAX_ORDER) {
		uint32_t buddy = pfn ^ (1u << order);

		if (buddy + (1u << order) > pages || order_of[buddy] != order)
			break;
		list_del(buddy, order);
		pfn &= buddy;
		order++;
	}
	list_add(pfn, order);
}

static uint32_t buddy_alloc(int order)
{
	for (int k = order; k <= MAX_ORDER; k++) {
		uint32_t pfn = head[k];

		if (pfn == NONE)
			continue;
		list_del(pfn, k);
		free_pages -= 1u << order;
		while (k > order) {
			k--;
			list_add(pfn + (1u << k), k);
		}
		return pfn;
	}
	return NONE;
}

/* xorshift32 without its lowest bit, as in buddy-stream.ts: 31 bits are a small integer there */
static uint32_t rng;

static uint32_t draw(void)
{
	rng ^= rng << 13;
	rng ^= rng >> 17;
	rng ^= rng << 5;
	return rng >> 1;
}

/* An operation is an order to allocate, or ~slot: what to free. Every request is taken to succeed. */
static void make_stream(int32_t *stream, uint32_t operations)
{
	uint8_t *orders = malloc(pages);
	uint32_t n = 0, used = 0, high = pages / 10 * 7;

	for (uint32_t i = 0; i < operations; i++) {
		if (used < high) {
			int order = draw() % 1000 < 900 ? 0 : 1 + (int)(draw() % 4);

			orders[n++] = order;
			used += 1u << order;
			stream[i] = order;
		} else {
			uint32_t slot = draw() % n;

			used -= 1u << orders[slot];
			orders[slot] = orders[--n];
			stream[i] = ~(int32_t)slot;
		}
	}
	free(orders);
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: buddy-reference PAGES OPERATIONS SEED\n");
		return 2;
	}
	pages = strtoul(argv[1], NULL, 10);
	uint32_t operations = strtoul(argv[2], NULL, 10);
	rng = strtoul(argv[3], NULL, 10);
	next = malloc(pages * sizeof *next);
	prev = malloc(pages * sizeof *prev);
	order_of = malloc(pages);
	uint32_t *held = malloc(pages * sizeof *held);
	uint8_t *held_order = malloc(pages);
	int32_t *stream = malloc(operations * sizeof *stream);

	for (uint32_t i = 0; i < pages; i++) {
		next[i] = prev[i] = NONE;
		order_of[i] = NO_HEAD;
	}
	for (int k = 0; k <= MAX_ORDER; k++)
		head[k] = tail[k] = NONE;
	for (uint32_t pfn = pages; pfn > 0; pfn -= 1u << MAX_ORDER)
		buddy_free(pfn - (1u << MAX_ORDER), MAX_ORDER);

	make_stream(stream, operations);

	uint32_t n = 0, sum = 0;
	clock_t begin = 0;

	for (uint32_t i = 0; i < operations; i++) {
		int32_t operation = stream[i];

		if (i == operations / 2)
			begin = clock();
		if (operation >= 0) {
			uint32_t pfn = buddy_alloc(operation);

			held[n] = pfn;
			held_order[n++] = operation;
			sum = sum * 31 + pfn;
		} else {
			uint32_t slot = ~operation;

			if (held[slot] != NONE)
				buddy_free(held[slot], held_order[slot]);
			n--;
			held[slot] = held[n];
			held_order[slot] = held_order[n];
		}
	}
	printf("%.3f %u\n", (double)(clock() - begin) / CLOCKS_PER_SEC * 1e9 / (operations - operations / 2), sum);
	return 0;
}
