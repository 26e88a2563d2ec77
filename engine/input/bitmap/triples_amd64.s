//go:build !purego

#include "textflag.h"

// For 32 places at a time: which groups have the byte there as their first, the byte behind it as their second, and the one behind that as their third?
// VPSHUFB looks 32 halves of bytes up at once in a table of 16: lanes of the result are bits of groups. A group remains where all six tables have it.
//
//	SI text       CX bytes left      DX where the text began      DI groups
//	Y0, Y1 the tables of the first byte, of its lower half and its upper      Y2, Y3 of the second      Y4, Y5 of the third
//	Y6 0x0f 32 times, to take a half      Y7 zero

// HALVES makes lane by lane the groups that have the byte at an address in one place: the tables are low and high.
#define HALVES(address, low, high, to, other) \
	VMOVDQU address, to       \
	VPSRLW  $4, to, other     \ // shifts two bytes at a time: the mask drops what comes from the neighbour
	VPAND   Y6, to, to        \
	VPAND   Y6, other, other  \
	VPSHUFB to, low, to       \
	VPSHUFB other, high, other \
	VPAND   other, to, to

// func nextVector(halves *[3][2][16]byte, text *byte, size int, groups *[64]uint8) (at int, places uint64)
TEXT ·nextVector(SB), NOSPLIT, $0-48
	MOVQ           halves+0(FP), AX
	MOVQ           text+8(FP), SI
	MOVQ           size+16(FP), CX
	MOVQ           groups+24(FP), DI
	MOVQ           SI, DX
	VBROADCASTI128 (AX), Y0
	VBROADCASTI128 16(AX), Y1
	VBROADCASTI128 32(AX), Y2
	VBROADCASTI128 48(AX), Y3
	VBROADCASTI128 64(AX), Y4
	VBROADCASTI128 80(AX), Y5
	MOVL           $0x0f0f0f0f, AX
	VMOVD          AX, X6
	VPBROADCASTD   X6, Y6
	VPXOR          Y7, Y7, Y7

piece:
	HALVES(0(SI), Y0, Y1, Y8, Y9)
	HALVES(32(SI), Y0, Y1, Y10, Y11)
	HALVES(1(SI), Y2, Y3, Y12, Y9)
	HALVES(33(SI), Y2, Y3, Y13, Y11)
	VPAND Y12, Y8, Y8
	VPAND Y13, Y10, Y10
	HALVES(2(SI), Y4, Y5, Y12, Y9)
	HALVES(34(SI), Y4, Y5, Y13, Y11)
	VPAND Y12, Y8, Y8         // the groups of the first 32 places
	VPAND Y13, Y10, Y10       // of the second
	VPOR  Y8, Y10, Y12
	VPTEST Y12, Y12
	JNE   found
	ADDQ  $64, SI
	SUBQ  $64, CX
	JNE   piece
	XORL  AX, AX              // none
	JMP   done

found:
	VMOVDQU   Y8, (DI)
	VMOVDQU   Y10, 32(DI)
	VPCMPEQB  Y7, Y8, Y8      // all ones where there is no group
	VPCMPEQB  Y7, Y10, Y10
	VPMOVMSKB Y8, AX
	VPMOVMSKB Y10, BX
	SHLQ      $32, BX
	ORQ       BX, AX
	NOTQ      AX

done:
	SUBQ DX, SI
	MOVQ SI, at+32(FP)
	MOVQ AX, places+40(FP)
	VZEROUPPER
	RET
