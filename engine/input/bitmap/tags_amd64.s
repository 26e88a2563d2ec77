//go:build !purego

#include "textflag.h"

// 64 places at a time, as two vectors of 32. Of the places of < or / those are kept where the vector one byte further on holds the letter, and the vector
// behind the name a byte that ends one. The places of line feeds are added.
//
//	SI text       DI bitmap        CX numbers left      DX how far behind a place a name ends
//	Y0 <          Y1 /             Y2 the letter        Y3 >        Y4 blank        Y5 line feed

// TAGS makes in to, 32 times all ones or zeros, the places from an address on; next is the address one byte further on, end the one behind names.
#define TAGS(address, next, end, to, other, more) \
	VMOVDQU  address, other     \
	VPCMPEQB Y0, other, to      \
	VPCMPEQB Y1, other, more    \
	VPOR     more, to, to       \
	VPCMPEQB next, Y2, more     \
	VPAND    more, to, to       \
	VPCMPEQB Y5, other, other   \
	VMOVDQU  end, more          \
	VPMINUB  Y4, more, Y12      \ // the byte itself, if it is a blank or less
	VPCMPEQB Y12, more, Y12     \
	VPCMPEQB Y3, more, Y13      \
	VPCMPEQB Y1, more, more     \
	VPOR     Y12, Y13, Y12      \
	VPOR     Y12, more, more    \
	VPAND    more, to, to       \
	VPOR     other, to, to

// EACH makes 32 bytes of one.
#define EACH(byte, x, y) \
	MOVL         byte, AX \
	VMOVD        AX, x    \
	VPBROADCASTB x, y

// func tagsVector(text *byte, numbers int, to *uint64, letter byte, end int)
TEXT ·tagsVector(SB), NOSPLIT, $0-40
	MOVQ         text+0(FP), SI
	MOVQ         numbers+8(FP), CX
	MOVQ         to+16(FP), DI
	VPBROADCASTB letter+24(FP), Y2
	MOVQ         end+32(FP), DX
	EACH($0x3c, X0, Y0)
	EACH($0x2f, X1, Y1)
	EACH($0x3e, X3, Y3)
	EACH($0x20, X4, Y4)
	EACH($0x0a, X5, Y5)

block:
	TAGS(0(SI), 1(SI), 0(SI)(DX*1), Y6, Y7, Y8)
	TAGS(32(SI), 33(SI), 32(SI)(DX*1), Y9, Y10, Y11)
	VPMOVMSKB Y6, AX
	VPMOVMSKB Y9, BX
	SHLQ      $32, BX
	ORQ       BX, AX
	MOVQ      AX, (DI)
	ADDQ      $64, SI
	ADDQ      $8, DI
	DECQ      CX
	JNE       block
	VZEROUPPER
	RET
