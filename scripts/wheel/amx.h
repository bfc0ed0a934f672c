// GCC's intrinsics for AMX tiles do not say what memory they read: ldtilecfg claims 8 of its 64 bytes,
// tileloadd none. So GCC may drop or delay the stores before them: version 12 drops those to the tile
// configuration, and the first product of quantised weights ends in a segmentation fault. Read before
// amx/mmq.cpp, this says it.
#if defined(__GNUC__) && !defined(__clang__) && defined(__AMX_TILE__)
#include <immintrin.h>
#define _tile_loadconfig(config) __asm__ volatile("ldtilecfg %0" : : "m"(*(const char(*)[64])(config)))
#undef _tile_loadd_internal
#define _tile_loadd_internal(tile, base, stride)                                                             \
    __asm__ volatile("tileloadd (%0,%1,1), %%tmm" #tile                                                      \
                     :                                                                                       \
                     : "r"((const void *)(base)), "r"((long)(stride))                                        \
                     : "memory")
#endif
