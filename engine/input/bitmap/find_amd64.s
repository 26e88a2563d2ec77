//go:build !purego

#include "textflag.h"

// The text is read 64 bytes at a time, as two vectors of 32. Comparing a vector with one that holds the wanted byte 32 times makes each byte that
// is equal all ones and each other zero; VPMOVMSKB takes the highest bit of each. What is left at the end is read together with bytes before it,
// whose bits are shifted out: nothing outside the text is touched.
//
//	SI text       DI bitmap        CX bytes left, less 64
//	Y0 wanted     Y1 the other     Y2 where the other was met
//
// func findVector(text *byte, size int, to *uint64, what, other byte) (holds bool)
TEXT ·findVector(SB), NOSPLIT, $0-33
	MOVQ         text+0(FP), SI
	MOVQ         size+8(FP), CX
	MOVQ         to+16(FP), DI
	VPBROADCASTB what+24(FP), Y0
	VPBROADCASTB other+25(FP), Y1
	VPXOR        Y2, Y2, Y2
	SUBQ         $64, CX

block:
	VMOVDQU   (SI), Y3
	VMOVDQU   32(SI), Y4
	VPCMPEQB  Y0, Y3, Y5
	VPCMPEQB  Y0, Y4, Y6
	VPMOVMSKB Y5, AX         // the bits of the first 32 bytes
	VPMOVMSKB Y6, BX         // of the second
	SHLQ      $32, BX
	ORQ       BX, AX
	MOVQ      AX, (DI)
	VPCMPEQB  Y1, Y3, Y3
	VPCMPEQB  Y1, Y4, Y4
	VPOR      Y3, Y2, Y2
	VPOR      Y4, Y2, Y2
	ADDQ      $64, SI
	ADDQ      $8, DI
	SUBQ      $64, CX
	JGE       block

	ADDQ $64, CX             // 0 to 63 are left
	JEQ  done
	VMOVDQU   -64(SI)(CX*1), Y3 // the last 64 of the text
	VMOVDQU   -32(SI)(CX*1), Y4
	VPCMPEQB  Y0, Y3, Y5
	VPCMPEQB  Y0, Y4, Y6
	VPMOVMSKB Y5, AX
	VPMOVMSKB Y6, BX
	SHLQ      $32, BX
	ORQ       BX, AX
	NEGQ      CX             // shifts count modulo 64: by 64 less what is left
	SHRQ      CX, AX
	MOVQ      AX, (DI)
	VPCMPEQB  Y1, Y3, Y3
	VPCMPEQB  Y1, Y4, Y4
	VPOR      Y3, Y2, Y2
	VPOR      Y4, Y2, Y2

done:
	VPTEST Y2, Y2
	SETNE  holds+32(FP)
	VZEROUPPER
	RET
