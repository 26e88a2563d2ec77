//go:build !purego

#include "textflag.h"

// 64 places at a time, as two vectors of 32: those of < or /, and of them those where the vector one byte further on holds the letter. What is left at
// the end is read together with bytes before it, whose bits are shifted out, as in find_amd64.s.
//
//	SI text       DI bitmap        CX places left, less 64
//	Y0 <          Y1 /             Y2 the letter

// TAGS makes the bits of the 64 places at an offset from SI, which is CX or nothing, in AX.
#define TAGS(first, second, firstNext, secondNext) \
	VMOVDQU   first, Y3         \
	VMOVDQU   second, Y4        \
	VPCMPEQB  Y0, Y3, Y5        \
	VPCMPEQB  Y0, Y4, Y6        \
	VPCMPEQB  Y1, Y3, Y3        \
	VPCMPEQB  Y1, Y4, Y4        \
	VPOR      Y3, Y5, Y5        \
	VPOR      Y4, Y6, Y6        \
	VPCMPEQB  firstNext, Y2, Y3 \
	VPCMPEQB  secondNext, Y2, Y4 \
	VPAND     Y3, Y5, Y5        \
	VPAND     Y4, Y6, Y6        \
	VPMOVMSKB Y5, AX            \
	VPMOVMSKB Y6, BX            \
	SHLQ      $32, BX           \
	ORQ       BX, AX

// func tagsVector(text *byte, places int, to *uint64, letter byte)
TEXT ·tagsVector(SB), NOSPLIT, $0-25
	MOVQ         text+0(FP), SI
	MOVQ         places+8(FP), CX
	MOVQ         to+16(FP), DI
	VPBROADCASTB letter+24(FP), Y2
	MOVL         $0x3c3c3c3c, AX
	VMOVD        AX, X0
	VPBROADCASTD X0, Y0
	MOVL         $0x2f2f2f2f, AX
	VMOVD        AX, X1
	VPBROADCASTD X1, Y1
	SUBQ         $64, CX

block:
	TAGS(0(SI), 32(SI), 1(SI), 33(SI))
	MOVQ AX, (DI)
	ADDQ $64, SI
	ADDQ $8, DI
	SUBQ $64, CX
	JGE  block

	ADDQ $64, CX // 0 to 63 are left
	JEQ  done
	TAGS(-64(SI)(CX*1), -32(SI)(CX*1), -63(SI)(CX*1), -31(SI)(CX*1))
	NEGQ CX      // shifts count modulo 64: by 64 less what is left
	SHRQ CX, AX
	MOVQ AX, (DI)

done:
	VZEROUPPER
	RET
